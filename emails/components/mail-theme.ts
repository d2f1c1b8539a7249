/** Mail programs know no oklch and no variables, so the tokens are written out. */
export const FONT = '-apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'

export const LIGHT = {
  paper: '#faf9f6',
  card: '#ffffff',
  ink: '#221f1b',
  ink2: '#5c5750',
  line: '#e5e2dc',
  lineStrong: '#8d877d',
} as const

export type Tone = 'bargains' | 'giving' | 'neutral'

/** The line on top of the card, and the button: dark enough for white text on it (4.5:1). */
export const TONES: Readonly<Record<Tone, string>> = { bargains: '#8a5a12', giving: '#3f6b50', neutral: '#5c5750' }

/** The same lifted for a dark card, light enough for dark text on it. */
const DARK_TONES: Readonly<Record<Tone, string>> = { bargains: '#e2b263', giving: '#8cc7a2', neutral: '#b9b4ab' }

const DARK = {
  paper: '#1a1815',
  card: '#24211d',
  ink: '#eeebe5',
  ink2: '#b9b4ab',
  line: '#3a3631',
  lineStrong: '#8d877d',
}

const toneRules = (['bargains', 'giving', 'neutral'] as const).map(
  (tone) => `
    .top-${tone} { border-top-color: ${DARK_TONES[tone]} !important; }
    .mark-${tone} { border-left-color: ${DARK_TONES[tone]} !important; }
    .button-${tone} { background: ${DARK_TONES[tone]} !important; color: ${DARK.paper} !important; }`,
)

/**
 * Programs that honour it turn dark by these, and lose space on a phone; the others show the light colours in the wide
 * form, which are legible by themselves.
 */
export const MAIL_CSS = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (max-width: 480px) {
    .gutter { padding: 8px !important; }
    .inside { padding: 16px !important; }
    .button { display: block !important; margin-right: 0 !important; text-align: center !important; }
  }
  @media (prefers-color-scheme: dark) {
    .paper { background: ${DARK.paper} !important; }
    .card { background: ${DARK.card} !important; border-color: ${DARK.line} !important; }
    .line { border-color: ${DARK.line} !important; }
    .ink, .ink a { color: ${DARK.ink} !important; }
    .ink2, .ink2 a { color: ${DARK.ink2} !important; }
    .button-plain { background: ${DARK.card} !important; border-color: ${DARK.lineStrong} !important; color: ${DARK.ink} !important; }${toneRules.join('')}
  }`
