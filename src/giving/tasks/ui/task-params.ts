import { oneOf } from '@/ui/address'

/** What the page of tasks keeps in its address. */
export const taskParams = {
  whose: oneOf(['mine', 'all'] as const, 'mine'),
  show: oneOf(['open', 'due', 'done'] as const, 'open'),
}
