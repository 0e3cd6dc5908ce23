export * from './config.js';
export * from './platform.module.js';
