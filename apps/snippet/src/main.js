import { commandsOf, told } from './commands.js';
import { visitorOf } from './cookies.js';
import { Outbox } from './outbox.js';

/**
 * @typedef {((command: string, ...given: unknown[]) => unknown) & { q?: ArrayLike<unknown>[] }} Api
 * @typedef {{ Muster?: Api, Intercom?: Api, musterSettings?: Data, intercomSettings?: Data }} Globals
 * @typedef {Record<string, unknown>} Data
 */

/** Takes the place of what has collected the page's commands until now, and does what they say. */
function start() {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const [, base, appId = ''] = /^(.*)\/snippet\/([^/]+)\.js/.exec(script?.src ?? '') || [];
  const page = /** @type {Globals} */ (/** @type {unknown} */ (window));
  if (!base) return console.warn('Muster: load me by <script src=".../snippet/{app_id}.js">');
  if (page.Muster && !page.Muster.q) return;

  const outbox = new Outbox(`${base}/messenger/${appId}/signals`, `muster-queue-${appId}`);
  const api = apiOf(commandsOf(visitorOf(appId), outbox));
  const isOurs = page.intercomSettings?.app_id === appId;
  const queues = [page.Muster?.q];
  if (!page.Intercom || (isOurs && page.Intercom.q)) {
    queues.push(page.Intercom?.q);
    page.Intercom = api;
  }
  page.Muster = api;
  const settings = page.musterSettings || (isOurs && page.intercomSettings);
  if (settings) api('boot', settings);
  for (const call of queues.flatMap((queue) => queue || []))
    api(.../** @type {[string, ...unknown[]]} */ (Array.from(call)));
  outbox.flush();
}

/** @param {Record<string, (...given: any[]) => unknown>} commands @returns {Api} */
function apiOf(commands) {
  const run = (/** @type {string} */ name, /** @type {unknown[]} */ given) => {
    if (!Object.hasOwn(commands, name)) return told({ sent: false, reason: 'unknown_command' });
    try {
      return commands[name]?.(...given);
    } catch (error) {
      return told({ sent: false, reason: String(error) });
    }
  };
  return (name, ...given) => {
    const result = run(name, given);
    return result instanceof Promise ? result.then((told) => warn(name, told)) : result;
  };
}

/** Says what was not sent, or not taken. @param {string} command @param {import('./outbox.js').Result} result */
function warn(command, result) {
  if (!result.sent || result.warnings) console.warn(`Muster: ${command}`, result);
  return result;
}

start();
