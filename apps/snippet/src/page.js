/** Characters of an address that are told. */
const MAX_URL = 2_048;

/** Where the visitor is, came from, and reads and lives by. */
export function pageFacts() {
  return {
    page: { url: location.href.slice(0, MAX_URL), referrer: document.referrer.slice(0, MAX_URL) },
    language: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** Calls back whenever the address has changed, without a new page too. @param {() => void} changed */
export function onPageChange(changed) {
  let last = location.href;
  const look = () => {
    if (location.href === last) return;
    last = location.href;
    changed();
  };
  for (const method of /** @type {const} */ (['pushState', 'replaceState'])) {
    const original = history[method];
    history[method] = function (...given) {
      original.apply(this, given);
      look();
    };
  }
  addEventListener('popstate', look);
}
