export * from './accept/accept.module.js';
export * from './accept/accept.service.js';
export * from './accept/contact.service.js';
export type { WrittenAttributes } from './accept/contact-writer.js';
export * from './apply/apply.module.js';
export * from './backfill/backfill.module.js';
export * from './due/due.module.js';
