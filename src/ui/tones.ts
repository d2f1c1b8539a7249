/** What a colour may mean. `wheat` is the accent of bargains, `sage` of giving; the others say how things stand. */
export type Tone = 'neutral' | 'wheat' | 'sage' | 'good' | 'warn' | 'bad' | 'info'

/** Quiet ground and readable text. */
export const toneFill: Record<Tone, string> = {
  neutral: 'bg-press text-ink-2',
  wheat: 'bg-wheat-fill text-wheat-ink',
  sage: 'bg-sage-fill text-sage-ink',
  good: 'bg-good-fill text-good-ink',
  warn: 'bg-warn-fill text-warn-ink',
  bad: 'bg-bad-fill text-bad-ink',
  info: 'bg-info-fill text-info-ink',
}

/** For dots, bars and lines: at least 3:1 against the page. */
export const toneMark: Record<Tone, string> = {
  neutral: 'text-ink-3',
  wheat: 'text-wheat',
  sage: 'text-sage',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
  info: 'text-info',
}
