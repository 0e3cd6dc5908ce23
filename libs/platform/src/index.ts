export * from './clock.js';
export * from './config.js';
export * from './logger.js';
export { AddressGuard, LOOPBACK_TARGETS } from './outbound/address-guard.js';
export * from './outbound/outbound-limits.js';
export * from './outbound/outbound-sender.js';
export * from './outbound/secret-box.js';
export * from './outbound/sign.js';
export * from './platform.module.js';
