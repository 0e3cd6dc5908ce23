export * from './contact-reference.js';
export * from './contact.contract.js';
export * from './error.contract.js';
export * from './event.contract.js';
export * from './parse.js';
export * from './ping.contract.js';
