import { Module } from '@nestjs/common';
import { AddressChoices } from './address-choices.js';
import { Addresses } from './addresses.js';
import { DeviceAndPlace } from './device-and-place.js';

/** What sources say of devices and places in, attributes out. */
@Module({ providers: [AddressChoices, Addresses, DeviceAndPlace], exports: [AddressChoices, DeviceAndPlace] })
export class SurroundingsModule {}
