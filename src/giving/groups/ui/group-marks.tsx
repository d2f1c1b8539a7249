import { Badge } from '@/ui/badge'
import type { Tone } from '@/ui/tones'
import { GROUP_COLOURS } from '../rules'

type Mark = { id: string; name: string; colour: string }

/** The groups of a contact, each in its colour; some of them where there is little room. */
export function GroupMarks({ groups, most }: { groups: readonly Mark[]; most?: number }) {
  const shown = groups.slice(0, most)
  const left = groups.length - shown.length
  return (
    <span className="flex flex-wrap gap-1">
      {shown.map(({ id, name, colour }) => (
        <Badge key={id} tone={toneOf(colour)}>
          {name}
        </Badge>
      ))}
      {left > 0 && <Badge>+{left}</Badge>}
    </span>
  )
}

/** Colours of groups are names of tones. */
export function toneOf(colour: string): Tone {
  return GROUP_COLOURS.find((one) => one === colour) ?? 'neutral'
}
