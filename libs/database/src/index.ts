export * from './database.module.js';
export * from './database.js';
export * from './data-source.js';
export * from './entities/index.js';
export * from './repositories/inbox.repository.js';
export * from './repositories/workspace.repository.js';
