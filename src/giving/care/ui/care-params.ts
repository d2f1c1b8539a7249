import { oneOf } from '@/ui/address'
import { CARE_LISTS } from '../rules-lists'

/** What the page of care keeps in its address. */
export const careParams = {
  show: oneOf(CARE_LISTS, 'late'),
  whose: oneOf(['mine', 'all'] as const, 'mine'),
}
