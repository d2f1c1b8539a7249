export const TOUCH_KINDS = ['call', 'visit', 'letter', 'message', 'meeting'] as const
export type TouchKind = (typeof TOUCH_KINDS)[number]
