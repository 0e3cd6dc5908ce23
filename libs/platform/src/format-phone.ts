import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A phone number in E.164, `+493012345678`; undefined for what cannot be one. Only international numbers are certain: one
 * that begins without `+` may be of any country, and a guess would call somebody else.
 */
export function formatPhone(phone: string): string | undefined {
  const text = phone.trim().replace(/^tel:/i, '');
  const number = parsePhoneNumberFromString(text, { extract: false });
  return number?.isPossible() ? number.number : undefined;
}
