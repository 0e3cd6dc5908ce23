export { assertRedis } from './assert-redis.js';
export { migrateQueue } from './backend.js';
export { Processes } from './job-handler.js';
export * from './job-processor.js';
export { JobProducer } from './job-producer.js';
export * from './jobs.js';
export * from './message-processor.js';
export * from './queue.module.js';
