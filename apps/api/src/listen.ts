import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, messageOf, StartError } from '#platform';

/**
 * Opens the port. @returns the address for people: `http://127.0.0.1:3000`
 * @throws {StartError} when the port or the address is not to be had
 */
export async function listen(app: NestFastifyApplication, { HOST, PORT }: Config): Promise<string> {
  try {
    await app.init();
    // Nest's own listen logs a failure before it throws it.
    await app.getHttpAdapter().getInstance().listen({ port: PORT, host: HOST });
  } catch (error) {
    throw explained(error, HOST, PORT);
  }
  const { port } = app.getHttpServer().address() as { port: number };
  return `http://${reachable(HOST)}:${port}`;
}

function explained(error: unknown, host: string, port: number): StartError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new StartError(
      `port ${port} of ${host} is taken: stop what listens there, or start with another one, as in PORT=${port + 1}`,
    );
  if (code === 'EACCES')
    return new StartError(`port ${port} is for root only: start with another one, as in PORT=3000`);
  return new StartError(`cannot listen on ${host} (${messageOf(error)}): correct HOST`);
}

/** An address that listens everywhere is no address to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
