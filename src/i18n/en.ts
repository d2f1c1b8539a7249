import accounts from './en/accounts.json'
import alerts from './en/alerts.json'
import api from './en/api.json'
import bargains from './en/bargains.json'
import bot from './en/bot.json'
import care from './en/care.json'
import channels from './en/channels.json'
import contacts from './en/contacts.json'
import crash from './en/crash.json'
import deliveries from './en/deliveries.json'
import emails from './en/emails.json'
import errors from './en/errors.json'
import funds from './en/funds.json'
import gifts from './en/gifts.json'
import groups from './en/groups.json'
import imports from './en/imports.json'
import jobs from './en/jobs.json'
import matches from './en/matches.json'
import members from './en/members.json'
import messages from './en/messages.json'
import pledges from './en/pledges.json'
import push from './en/push.json'
import settings from './en/settings.json'
import setup from './en/setup.json'
import shell from './en/shell.json'
import sources from './en/sources.json'
import summary from './en/summary.json'
import tasks from './en/tasks.json'
import today from './en/today.json'
import touches from './en/touches.json'
import ui from './en/ui.json'
import watches from './en/watches.json'

/** A line a namespace: the file's name is the namespace's name. */
export const en = {
  accounts,
  alerts,
  api,
  bargains,
  bot,
  care,
  channels,
  contacts,
  crash,
  deliveries,
  emails,
  errors,
  funds,
  gifts,
  groups,
  imports,
  jobs,
  matches,
  members,
  messages,
  pledges,
  push,
  settings,
  setup,
  shell,
  sources,
  summary,
  tasks,
  today,
  touches,
  ui,
  watches,
}
