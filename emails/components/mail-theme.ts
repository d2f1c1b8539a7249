/** Mail programs know no oklch and no variables, so the tokens are written out. */
export const FONT = '-apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'

export const LIGHT = { paper: '#faf9f6', card: '#ffffff', ink: '#221f1b', ink2: '#5c5750', line: '#e5e2dc' } as const

export type Tone = 'bargains' | 'giving' | 'neutral'

/** The line on top of the card, and the button: dark enough for white text on it (4.5:1). */
export const TONES: Readonly<Record<Tone, string>> = { bargains: '#8a5a12', giving: '#3f6b50', neutral: '#5c5750' }

/** Programs that honour it turn dark by these; the others show the light colours, which are legible by themselves. */
export const DARK_CSS = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .paper { background: #1a1815 !important; }
    .card { background: #24211d !important; border-color: #3a3631 !important; }
    .ink, .ink a { color: #eeebe5 !important; }
    .ink2, .ink2 a { color: #b9b4ab !important; }
  }`
