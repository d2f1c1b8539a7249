import type { Option } from '@/ui/select'

/** The hours of a day, as a list to choose from: "9" is 09:00. */
export const HOURS: readonly Option[] = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}))
