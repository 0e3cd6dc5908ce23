import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';
import { Ids } from './ids.js';
import { CONFIG, type Config } from './config.js';
import { Logger } from './logger.js';
import { AddressGuard } from './outbound/address-guard.js';
import { OutboundLimits } from './outbound/outbound-limits.js';
import { OutboundSender } from './outbound/outbound-sender.js';
import { SecretBox } from './outbound/secret-box.js';
import { Devices } from './surroundings/devices.js';
import { Places } from './surroundings/places.js';

const outbound = [
  {
    provide: AddressGuard,
    inject: [CONFIG],
    useFactory: (config: Config) => new AddressGuard(config.MUSTER_ALLOW_TARGETS),
  },
  {
    provide: SecretBox,
    inject: [CONFIG],
    useFactory: (config: Config) => new SecretBox(config.MUSTER_SECRET_KEY),
  },
  OutboundLimits,
  OutboundSender,
];

const surroundings = [
  Devices,
  {
    provide: Places,
    inject: [CONFIG, Logger],
    useFactory: (config: Config, logger: Logger) => new Places(logger, config.MUSTER_GEOIP),
  },
];

/** What every process has: its settings, a clock, a logger, the way out, and who knows devices and places. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config, logger = Logger.at(config.LOG_LEVEL)): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Logger, useValue: logger },
        Clock,
        Ids,
        ...outbound,
        ...surroundings,
      ],
      exports: [
        CONFIG,
        Logger,
        Clock,
        Ids,
        AddressGuard,
        SecretBox,
        OutboundLimits,
        OutboundSender,
        Devices,
        Places,
      ],
    };
  }
}
