/** Colours that a group may have: names of tones, which both themes draw. */
export const GROUP_COLOURS = ['neutral', 'wheat', 'sage', 'good', 'warn', 'bad', 'info'] as const
export type GroupColour = (typeof GROUP_COLOURS)[number]
