import { Injectable } from '@nestjs/common';
import type { AttributeValue, Surroundings } from '#domain';

/** Surroundings as attributes, by API name. */
export interface Described {
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly firstTouch: Readonly<Record<string, string>>;
}

/** Tells device and place from what a source says of them. */
@Injectable()
export class DeviceAndPlace {
  async describe(_workspaceId: number, { mobile, platform, ...seen }: Surroundings): Promise<Described> {
    const { referrer, campaign, source, medium, term, content } = seen.touch ?? {};
    const touch = {
      referrer,
      utm_campaign: campaign,
      utm_source: source,
      utm_medium: medium,
      utm_term: term,
      utm_content: content,
    };
    const device =
      platform === 'web'
        ? {}
        : {
            [`${platform}_app_name`]: mobile?.appName,
            [`${platform}_app_version`]: mobile?.appVersion,
            [`${platform}_device`]: mobile?.device,
            [`${platform}_os_version`]: mobile?.osVersion,
            [`${platform}_sdk_version`]: mobile?.sdkVersion,
          };
    return { attributes: given({ ...device, browser_language: seen.language }), firstTouch: given(touch) };
  }
}

function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
