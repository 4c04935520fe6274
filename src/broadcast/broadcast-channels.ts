/** The channels on which a person can be written to at any time. */
export const broadcastChannels = ['telegram', 'whatsapp'] as const
export type BroadcastChannel = (typeof broadcastChannels)[number]
