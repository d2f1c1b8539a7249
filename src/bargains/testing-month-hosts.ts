import type { MonthPlan } from '../../e2e/world/market/month/plan'
import { type Play, playMonth } from '../../e2e/world/market/month/play-month'
import { startWorld, type World } from '../../e2e/world/world'

/** One host of a simulated month, in a world of its own. */
export type MonthHost = {
  /** As the world's modes name it, and as its addresses do. */
  readonly host: string
  readonly name: string
  readonly world: World
  readonly play: Play
}

/** Opens a world for each host of the plan, at the month's first moment. */
export async function openMonthHosts(plan: MonthPlan, begin: Date): Promise<readonly MonthHost[]> {
  const names = new Map(plan.searches.map(({ host, url }) => [host, new URL(url).hostname]))
  const hosts: MonthHost[] = []
  for (const [host, name] of names) {
    const world = await startWorld({ seed: plan.size.seed, now: () => begin })
    const play = playMonth(world, plan, host, begin)
    play.until(0)
    hosts.push({ host, name, world, play })
  }
  return hosts
}
