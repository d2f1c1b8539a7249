import { sweepAccounts } from '@/accounts/jobs/sweep-accounts'
import { checkUnseen } from '@/bargains/listings/jobs/check-unseen'
import { scanDue } from '@/bargains/searches/jobs/scan-due'
import { scanHostDue } from '@/bargains/searches/jobs/scan-host'
import { forgetUpdates } from '@/bot/jobs/forget-updates'
import type { Job } from '@/jobs/define'
import { deliverDue } from '@/notifications/deliveries/jobs/deliver-due'
import { editMessages } from '@/notifications/deliveries/jobs/edit-messages'
import { sweepDeliveries } from '@/notifications/deliveries/jobs/sweep-deliveries'
import type { ProcessDeps } from './compose'

/** Every job there is; what is not listed here does not run. */
export const jobs: readonly Job<ProcessDeps>[] = [
  scanDue,
  scanHostDue,
  checkUnseen,
  deliverDue,
  editMessages,
  sweepDeliveries,
  forgetUpdates,
  sweepAccounts,
]
