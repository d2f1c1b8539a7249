/** The digits of OLX's short ids: base 62, with the places of v/w and V/W swapped. */
const DIGITS = '0123456789abcdefghijklmnopqrstuwvxyzABCDEFGHIJKLMNOPQRSTUWVXYZ'

/** The numeric id in an advert's address: `…-CID99-ID14yntK.html` → 983431584; Otodom writes it without an ending. Null where there is none. */
export function idOfPath(path: string): string | null {
  const code = /-ID([0-9A-Za-z]{1,10})(?:\.html)?$/.exec(path)?.[1]
  if (!code) return null
  let id = 0n
  for (const letter of code) id = id * 62n + BigInt(DIGITS.indexOf(letter))
  return id > 0n ? id.toString() : null
}
