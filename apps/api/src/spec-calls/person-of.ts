import { updateContact } from '#contracts';
import type { Facts } from './facts.js';
import { readTraits, type ReadTraits, type StandardTraits } from './read-traits.js';

const { email, name, phone, avatar, signed_up_at } = updateContact.shape;

const STANDARD: StandardTraits = {
  email: ['email', email],
  name: ['name', name],
  phone: ['phone', phone],
  avatar: ['avatar', avatar],
  createdAt: ['signed_up_at', signed_up_at],
  created_at: ['signed_up_at', signed_up_at],
};

/** What traits say of a person (spec: identify). First and last name together are the name, where there is none. */
export function personOf({ firstName, lastName, ...traits }: Facts): ReadTraits {
  const names = {
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
  };
  if (typeof firstName !== 'string' || typeof lastName !== 'string' || traits['name'] !== undefined)
    return readTraits({ ...traits, ...names }, STANDARD);
  return readTraits({ ...traits, name: `${firstName} ${lastName}`.trim() }, STANDARD);
}
