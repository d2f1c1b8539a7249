import { useTimeZone } from 'next-intl'
import { todayIn } from '@/kernel/dates'

/** The day that it is in the workspace. */
export function useToday(): string {
  return todayIn(useTimeZone() ?? 'UTC', new Date())
}
