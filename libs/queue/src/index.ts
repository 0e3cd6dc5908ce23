export { assertRedis } from './assert-redis.js';
export { migrateQueue } from './backend.js';
export * from './job-processor.js';
export { JobProducer } from './job-producer.js';
export * from './jobs.js';
export * from './queue.module.js';
