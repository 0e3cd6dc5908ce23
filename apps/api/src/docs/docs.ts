import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { errorList } from '#contracts';

const { resolve } = createRequire(import.meta.url);

/** What the page needs of Swagger UI, and as what it is served. */
const FILES = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>Muster API</title>
  <link rel="stylesheet" href="docs/swagger-ui.css" />
  <div id="docs"></div>
  <footer><a href="https://db-ip.com/">IP Geolocation by DB-IP</a></footer>
  <script src="docs/swagger-ui-bundle.js"></script>
  <script>SwaggerUIBundle({ url: 'docs-json', dom_id: '#docs' });</script>
</html>`;

/** OpenAPI, made from the contracts: a page under `/docs`, JSON under `/docs-json`. Neither needs a token. */
export function serveDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApi(app), { ui: false, raw: ['json'] });
  const server = app.getHttpAdapter().getInstance();
  server.get('/docs', (_, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  for (const [file, type] of Object.entries(FILES)) {
    const path = resolve(`swagger-ui-dist/${file}`);
    server.get(`/docs/${file}`, (_, reply) => reply.type(type).send(createReadStream(path)));
  }
}

function openApi(app: NestFastifyApplication) {
  const config = new DocumentBuilder()
    .setTitle('Muster')
    .setDescription(
      'Who your users are, what they do, and a word to your systems when one matches a rule. ' +
        '[IP Geolocation by DB-IP](https://db-ip.com/)',
    )
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .addGlobalResponse({ status: 'default', description: 'What went wrong', standardSchema: errorList })
    .build();
  return SwaggerModule.createDocument(app, config);
}
