/** How a message is sent: by e-mail to speakers, by the others to organisers. `outbox` is a folder of files. */
export const channels = ['email', 'slack', 'webhook', 'outbox'] as const;

export type Channel = (typeof channels)[number];

export type OrganiserChannel = Exclude<Channel, 'email'>;

/**
 * What has become of a message. `sending` is written before the attempt: what is found so later was interrupted in the
 * middle, and nobody knows whether it went out. Then it is `parked`, for a person to decide.
 */
export const messageStates = ['pending', 'sending', 'sent', 'refused', 'bounced', 'parked', 'abandoned'] as const;

export type MessageState = (typeof messageStates)[number];

/** Those that a person has to check. */
export const unsettledStates = ['pending', 'sending', 'refused', 'bounced', 'parked'] as const;

/** Those that nobody goes on with, but a person. */
export const stuckStates = ['refused', 'bounced', 'parked'] as const;
