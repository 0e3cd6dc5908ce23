export * from './accept/accept.module.js';
export * from './accept/accept.service.js';
export * from './accept/contact.service.js';
export type { WrittenAttributes } from './accept/contact-writer.js';
