import { sweepAccounts } from '@/accounts/jobs/sweep-accounts'
import { checkUnseen } from '@/bargains/listings/jobs/check-unseen'
import { tidyListings } from '@/bargains/listings/jobs/tidy-listings'
import { linkReposts } from '@/bargains/prices/jobs/link-reposts'
import { pruneSources } from '@/bargains/searches/jobs/prune-sources'
import { scanDue } from '@/bargains/searches/jobs/scan-due'
import { scanHostDue } from '@/bargains/searches/jobs/scan-host'
import { forgetUpdates } from '@/bot/jobs/forget-updates'
import { checkCare, checkCareDue } from '@/giving/care/jobs/check-care'
import { noticeChanges } from '@/giving/care/jobs/notice-changes'
import { sendWeekly, sendWeeklyDue } from '@/giving/care/jobs/send-weekly'
import { keepLedger } from '@/giving/gifts/jobs/keep-ledger'
import {
  commitImportDue,
  judgeImportDue,
  nudgeImports,
  sweepOldImports,
  undoImportDue,
} from '@/giving/imports/jobs/run-imports'
import { remindDue } from '@/giving/tasks/jobs/remind-due'
import type { Job } from '@/jobs/define'
import { deliverDue } from '@/notifications/deliveries/jobs/deliver-due'
import { editMessages } from '@/notifications/deliveries/jobs/edit-messages'
import { sweepDeliveries } from '@/notifications/deliveries/jobs/sweep-deliveries'
import type { ProcessDeps } from './compose'

/** Every job there is; what is not listed here does not run. */
export const jobs: readonly Job<ProcessDeps>[] = [
  scanDue,
  scanHostDue,
  pruneSources,
  checkUnseen,
  linkReposts,
  tidyListings,
  deliverDue,
  editMessages,
  checkCare,
  checkCareDue,
  noticeChanges,
  sendWeekly,
  sendWeeklyDue,
  remindDue,
  sweepDeliveries,
  forgetUpdates,
  sweepAccounts,
  keepLedger,
  judgeImportDue,
  commitImportDue,
  undoImportDue,
  nudgeImports,
  sweepOldImports,
]
