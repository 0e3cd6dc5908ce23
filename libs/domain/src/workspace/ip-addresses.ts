/** What a workspace keeps of the addresses that contacts are seen at: all of them, their networks, or nothing. */
export const IP_ADDRESSES = ['full', 'truncated', 'none'] as const;
export type IpAddresses = (typeof IP_ADDRESSES)[number];
