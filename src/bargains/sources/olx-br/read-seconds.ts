import { asUtc } from '../page/read-time'

/** Seconds since 1970 → ISO in UTC; null for what is no such number. */
export function asUtcFromSeconds(value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value <= 0 || value >= 2 ** 33) return null
  return asUtc(new Date(value * 1000).toISOString())
}
