/** How a point stands, as the form asks for it. */
export const POINT_STATES = ['primary', 'other', 'historic', 'bounced'] as const
export type PointState = (typeof POINT_STATES)[number]

type Point = { readonly primary: boolean; readonly historic: boolean; readonly bounced: boolean }

export function stateOf({ primary, historic, bounced }: Point): PointState {
  if (historic) return 'historic'
  if (bounced) return 'bounced'
  return primary ? 'primary' : 'other'
}
