import { useTranslations } from 'next-intl'
import { cx } from '@/ui/class-names'
import { usePlainDay } from '../../gifts/ui/plain-day'
import type { InstalmentState } from '../rules-late'
import type { ListedPledge } from '../schema'

const LOOKS: Record<InstalmentState, string> = {
  paid: 'border-sage bg-sage',
  partly: 'border-sage bg-linear-to-t from-sage from-50% to-transparent to-50%',
  late: 'border-warn bg-warn-fill',
  expected: 'border-line-strong',
  skipped: 'border-line-strong border-dashed',
  written_off: 'border-line bg-press',
}
/** A mark where colour alone would have to speak. */
const MARKS: Partial<Record<InstalmentState, string>> = { late: '!', skipped: '–', written_off: '×' }

/** Instalments as a row of squares: paid, partly, late, expected. */
export function PledgeSquares({ squares }: { squares: ListedPledge['squares'] }) {
  const t = useTranslations('pledges.instalment')
  const show = usePlainDay()
  const words = squares.map(({ dueOn, state }) => `${show(dueOn)}: ${t(state)}`)
  return (
    <span role="img" aria-label={words.join(', ')} className="inline-flex gap-1 align-middle">
      {squares.map(({ dueOn, state }, at) => (
        <span
          key={dueOn}
          title={words[at]}
          className={cx(
            'inline-flex size-3.5 items-center justify-center rounded-[3px] border font-bold text-[10px] text-ink-2 leading-none',
            LOOKS[state],
          )}
        >
          {MARKS[state]}
        </span>
      ))}
    </span>
  )
}
