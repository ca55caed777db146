/** E-mail is for speakers, the others are for organisers. `outbox` is a folder of files. */
export const channels = ['email', 'slack', 'webhook', 'outbox'] as const;

export type Channel = (typeof channels)[number];

export type OrganiserChannel = Exclude<Channel, 'email'>;

/**
 * After an attempt that broke off (`sending`), nobody knows whether the message was sent: an organiser decides (`parked`).
 * A message that was overtaken before it went out is not sent (`superseded`). One over a cap waits (`held`, contract H38).
 */
export const messageStates = [
  'pending',
  'held',
  'sending',
  'sent',
  'refused',
  'bounced',
  'parked',
  'abandoned',
  'superseded',
] as const;

export type MessageState = (typeof messageStates)[number];

export const unsettledStates = ['pending', 'sending', 'refused', 'bounced', 'parked'] as const;

/** States of messages that are still to be sent, in their order. */
export const waitingStates = ['pending', 'sending'] as const;

/** States that only an organiser can change. */
export const stuckStates = ['refused', 'bounced', 'parked'] as const;

/** States of messages that have not gone out, or did not arrive, and that no attempt is under way for. */
export const outstandingStates = [...stuckStates, 'held'] as const;

/** States that a message doesn't stay in: somebody sends it, or decides. */
export const openStates = [...unsettledStates, 'held'] as const;

/** States from which an organiser may have it sent again, or give it up. */
export const resolvableStates = [...outstandingStates, 'abandoned'] as const;
