import accounts from './pl/accounts.json'
import alerts from './pl/alerts.json'
import api from './pl/api.json'
import bargains from './pl/bargains.json'
import bot from './pl/bot.json'
import care from './pl/care.json'
import channels from './pl/channels.json'
import contacts from './pl/contacts.json'
import crash from './pl/crash.json'
import deliveries from './pl/deliveries.json'
import emails from './pl/emails.json'
import errors from './pl/errors.json'
import funds from './pl/funds.json'
import gifts from './pl/gifts.json'
import groups from './pl/groups.json'
import imports from './pl/imports.json'
import jobs from './pl/jobs.json'
import matches from './pl/matches.json'
import members from './pl/members.json'
import messages from './pl/messages.json'
import pledges from './pl/pledges.json'
import push from './pl/push.json'
import settings from './pl/settings.json'
import setup from './pl/setup.json'
import shell from './pl/shell.json'
import sources from './pl/sources.json'
import summary from './pl/summary.json'
import tasks from './pl/tasks.json'
import today from './pl/today.json'
import touches from './pl/touches.json'
import ui from './pl/ui.json'
import watches from './pl/watches.json'

/** A line a namespace: the file's name is the namespace's name. */
export const pl = {
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
