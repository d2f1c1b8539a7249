import { readScanState } from '@/bargains/searches/read-scan-state'
import { ageOf, type CheckPart } from './part'

/** Reading is paced by host and a worker may be restarted: beyond a quarter of an hour nobody reads. */
const LATE_SECONDS = 900

/** Late: searches are due and none was read well for long. A week's watch that is not due yet is no trouble. */
export const checkScansPart: CheckPart = async ({ db, clock }) => {
  const { active, lastOkAt, overdueSeconds, troubled } = await readScanState(db)
  const lastSuccessSeconds = ageOf(lastOkAt, clock())
  const figures = { active, troubled, lastSuccessSeconds, overdueSeconds }
  const silent = lastSuccessSeconds === null || lastSuccessSeconds > LATE_SECONDS
  if (overdueSeconds > LATE_SECONDS && silent) {
    return {
      state: 'degraded',
      detail: `late: searches are due since ${overdueSeconds} s and none was read`,
      ...figures,
    }
  }
  if (active > 0 && troubled === active && silent) {
    return { state: 'degraded', detail: 'no search can be read at its site', ...figures }
  }
  return { state: 'ok', ...figures }
}
