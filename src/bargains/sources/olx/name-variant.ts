import { asObject } from '../page/read-json'

/** Which year's state an advert has, by the keys that came with it; `state` where nothing tells. */
export function nameVariant(advert: unknown): string {
  const ad = asObject(advert)
  if (!ad) return 'state'
  if ('isGpsrAvailable' in ad || 'protectPhone' in ad || 'payAndShip' in ad) return 'state-2026'
  if (!('validToTime' in ad)) return 'state-2023'
  return 'externalUrl' in ad && 'pushupTime' in ad ? 'state-2025' : 'state-2024'
}
