export const DELIVERY_STATES = ['pending', 'sending', 'sent', 'failed', 'skipped'] as const
