import { MAX_URL, shortText, text } from './values.js';

const MAX_USER_AGENT = 2_048;

/** Where a contact was seen and with what, as it came: what tells nothing is no reason to refuse the rest. */
export const ip = shortText;
export const userAgent = text(MAX_USER_AGENT);

/** From where a contact came. */
export const landing = {
  referrer: text(MAX_URL).nullish(),
  utm_campaign: shortText.nullish(),
  utm_content: shortText.nullish(),
  utm_medium: shortText.nullish(),
  utm_source: shortText.nullish(),
  utm_term: shortText.nullish(),
};
