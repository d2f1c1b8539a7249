import type { Permission } from '@/accounts/rules-permissions'

export type Row = {
  readonly access: 'public' | 'signedIn' | 'administrator' | Permission
  /** An input that names rows of another workspace: needed where the input holds an id. */
  readonly foreign?: (theirs: Theirs) => unknown
}

/** Rows of another workspace, one of each kind. Add yours in `createTheirs` of access-matrix.test.ts. */
export type Theirs = {
  readonly tokenId: string
  readonly sessionId: string
  readonly channelId: string
  readonly deliveryId: string
  readonly linkId: string
  readonly watchId: string
  readonly matchId: string
  readonly contactId: string
  readonly groupId: string
  readonly fieldId: string
  readonly viewId: string
  readonly memberId: string
  readonly invitationId: string
  readonly workspaceId: string
  readonly fundId: string
  readonly giftId: string
  readonly importId: string
  readonly taskId: string
  readonly touchId: string
  readonly pledgeId: string
}

export const SEARCH = 'https://www.olx.pl/sport-hobby/rowery/krakow/'

/** One row a procedure. A procedure without one fails the build. */
export const ROWS: Readonly<Record<string, Row>> = {
  'accounts.setUp': { access: 'public' },
  'accounts.signIn': { access: 'public' },
  'accounts.signOut': { access: 'public' },
  'accounts.me': { access: 'signedIn' },
  'accounts.updateProfile': { access: 'signedIn' },
  'accounts.changePassword': { access: 'signedIn' },
  'accounts.sessions': { access: 'signedIn' },
  'accounts.revokeSession': { access: 'signedIn', foreign: ({ sessionId }) => ({ id: sessionId }) },
  'accounts.revokeOtherSessions': { access: 'signedIn' },
  'accounts.updateWorkspace': { access: 'workspace.manage' },
  'accounts.tokens': { access: 'tokens.manage' },
  'accounts.createToken': { access: 'tokens.manage' },
  'accounts.revokeToken': { access: 'tokens.manage', foreign: ({ tokenId }) => ({ id: tokenId }) },
  'members.list': { access: 'workspace.read' },
  'members.changeRole': { access: 'members.manage', foreign: ({ memberId }) => ({ id: memberId, role: 'viewer' }) },
  'members.remove': { access: 'members.manage', foreign: ({ memberId }) => ({ id: memberId, heirId: memberId }) },
  'members.leave': { access: 'workspace.read', foreign: ({ memberId }) => ({ heirId: memberId }) },
  'members.transfer': { access: 'members.transfer', foreign: ({ memberId }) => ({ id: memberId }) },
  'members.invitations': { access: 'members.manage' },
  'members.invite': { access: 'members.manage' },
  'members.revokeInvitation': { access: 'members.manage', foreign: ({ invitationId }) => ({ id: invitationId }) },
  'members.invitation': { access: 'public' },
  'members.accept': { access: 'public' },
  'members.join': { access: 'signedIn' },
  'members.switch': { access: 'signedIn', foreign: ({ workspaceId }) => ({ id: workspaceId }) },
  'channels.list': { access: 'channels.read' },
  'channels.createEmail': { access: 'channels.write' },
  'channels.startTelegramLink': { access: 'channels.write' },
  'channels.telegramLink': { access: 'channels.write', foreign: ({ linkId }) => ({ id: linkId }) },
  'channels.rename': { access: 'channels.write', foreign: ({ channelId }) => ({ id: channelId, name: 'Mine' }) },
  'channels.delete': { access: 'channels.write', foreign: ({ channelId }) => ({ id: channelId }) },
  'channels.restore': { access: 'channels.write', foreign: ({ channelId }) => ({ id: channelId }) },
  'channels.test': { access: 'channels.write', foreign: ({ channelId }) => ({ id: channelId }) },
  'channels.changes': { access: 'channels.read' },
  'deliveries.list': { access: 'deliveries.read', foreign: ({ channelId }) => ({ channelId }) },
  'deliveries.retry': { access: 'channels.write', foreign: ({ deliveryId }) => ({ id: deliveryId }) },
  'deliveries.changes': { access: 'deliveries.read' },
  'watches.preview': { access: 'watches.write' },
  'watches.create': {
    access: 'watches.write',
    foreign: ({ channelId }) => ({ name: 'Mine', urls: [SEARCH], channelIds: [channelId] }),
  },
  'watches.list': { access: 'watches.read' },
  'watches.get': { access: 'watches.read', foreign: ({ watchId }) => ({ id: watchId }) },
  'watches.update': { access: 'watches.write', foreign: ({ watchId }) => ({ id: watchId, name: 'Mine' }) },
  'watches.pause': { access: 'watches.write', foreign: ({ watchId }) => ({ id: watchId }) },
  'watches.resume': { access: 'watches.write', foreign: ({ watchId }) => ({ id: watchId }) },
  'watches.delete': { access: 'watches.write', foreign: ({ watchId }) => ({ id: watchId }) },
  'watches.restore': { access: 'watches.write', foreign: ({ watchId }) => ({ id: watchId }) },
  'watches.ways': { access: 'watches.read', foreign: ({ watchId }) => ({ id: watchId }) },
  'watches.setWay': {
    access: 'watches.write',
    foreign: ({ watchId }) => ({ id: watchId, searchId: watchId, way: 'browser' }),
  },
  'watches.scan': { access: 'watches.write', foreign: ({ watchId }) => ({ id: watchId }) },
  'watches.live': { access: 'watches.read' },
  'listings.batch': {
    access: 'listings.push',
    foreign: ({ watchId }) => ({ watchId, requestId: 'one', listings: [{}] }),
  },
  'listings.readPage': { access: 'listings.push' },
  'listings.storePage': { access: 'listings.push' },
  'matches.list': { access: 'watches.read', foreign: ({ watchId }) => ({ watchId }) },
  'matches.get': { access: 'watches.read', foreign: ({ matchId }) => ({ id: matchId }) },
  'matches.history': { access: 'watches.read', foreign: ({ matchId }) => ({ id: matchId }) },
  'matches.setState': {
    access: 'matches.write',
    foreign: ({ matchId }) => ({ ids: [matchId], state: 'ignored' }),
  },
  'matches.setNote': { access: 'matches.write', foreign: ({ matchId }) => ({ id: matchId, note: 'Mine' }) },
  'matches.setLink': {
    access: 'matches.write',
    foreign: ({ matchId }) => ({ listingId: matchId, earlierId: matchId, linked: false }),
  },
  'matches.snapshot': { access: 'watches.read', foreign: ({ matchId }) => ({ id: matchId, snapshotId: matchId }) },
  'matches.prices': { access: 'watches.read', foreign: ({ watchId }) => ({ watchId }) },
  'matches.live': { access: 'watches.read' },
  'sources.list': { access: 'watches.read' },
  'sources.overrideRobots': {
    access: 'sources.override',
    foreign: () => ({ host: 'www.otomoto.pl', reason: 'We may' }),
  },
  'sources.obeyRobots': { access: 'sources.override', foreign: () => ({ host: 'www.olx.pl' }) },
  'contacts.list': { access: 'contacts.read', foreign: ({ groupId }) => ({ groupId }) },
  'contacts.get': { access: 'contacts.read', foreign: ({ contactId }) => ({ id: contactId }) },
  'contacts.neighbours': { access: 'contacts.read', foreign: ({ contactId }) => ({ id: contactId }) },
  'contacts.create': {
    access: 'contacts.write',
    foreign: ({ groupId }) => ({ lastName: 'Mine', groupIds: [groupId] }),
  },
  'contacts.update': { access: 'contacts.write', foreign: ({ contactId }) => ({ id: contactId, notes: 'Mine' }) },
  'contacts.delete': { access: 'contacts.write', foreign: ({ contactId }) => ({ id: contactId }) },
  'contacts.restore': { access: 'contacts.write', foreign: ({ contactId }) => ({ id: contactId }) },
  'contacts.deleteMany': { access: 'contacts.write', foreign: ({ contactId }) => ({ ids: [contactId] }) },
  'contacts.restoreMany': { access: 'contacts.write', foreign: ({ contactId }) => ({ ids: [contactId] }) },
  'contacts.merge': {
    access: 'contacts.write',
    foreign: ({ contactId, taskId }) => ({ id: contactId, otherId: taskId }),
  },
  'contacts.setStatus': {
    access: 'contacts.write',
    foreign: ({ contactId }) => ({ ids: [contactId], status: 'asked' }),
  },
  'contacts.setOwner': {
    access: 'contacts.write',
    foreign: ({ contactId }) => ({ ids: [contactId], ownerId: null }),
  },
  'contacts.recordConsent': {
    access: 'contacts.write',
    foreign: ({ contactId }) => ({
      ...{ id: contactId, channel: 'email', granted: true, source: 'form', decidedOn: '2026-01-01' },
    }),
  },
  'contacts.export': { access: 'contacts.read', foreign: ({ contactId }) => ({ ids: [contactId] }) },
  'contacts.similar': { access: 'contacts.read' },
  'contacts.owners': { access: 'contacts.read' },
  'contacts.fields': { access: 'contacts.read' },
  'contacts.createField': { access: 'giving.settings' },
  'contacts.updateField': { access: 'giving.settings', foreign: ({ fieldId }) => ({ id: fieldId, name: 'Mine' }) },
  'contacts.deleteField': { access: 'giving.settings', foreign: ({ fieldId }) => ({ id: fieldId }) },
  'contacts.live': { access: 'contacts.read' },
  'groups.list': { access: 'contacts.read' },
  'groups.page': { access: 'contacts.read' },
  'groups.create': { access: 'contacts.write' },
  'groups.update': { access: 'contacts.write', foreign: ({ groupId }) => ({ id: groupId, name: 'Mine' }) },
  'groups.delete': { access: 'contacts.write', foreign: ({ groupId }) => ({ id: groupId }) },
  'groups.restore': { access: 'contacts.write', foreign: ({ groupId }) => ({ id: groupId }) },
  'groups.add': {
    access: 'contacts.write',
    foreign: ({ groupId, contactId }) => ({ id: groupId, contactIds: [contactId] }),
  },
  'groups.remove': {
    access: 'contacts.write',
    foreign: ({ groupId, contactId }) => ({ id: groupId, contactIds: [contactId] }),
  },
  'views.list': { access: 'contacts.read' },
  'views.create': { access: 'contacts.read' },
  'views.delete': { access: 'contacts.read', foreign: ({ viewId }) => ({ id: viewId }) },
  'funds.list': { access: 'gifts.read' },
  'funds.create': { access: 'gifts.write' },
  'funds.rename': { access: 'gifts.write', foreign: ({ fundId }) => ({ id: fundId, name: 'Mine' }) },
  'funds.archive': { access: 'gifts.write', foreign: ({ fundId }) => ({ id: fundId }) },
  'funds.restore': { access: 'gifts.write', foreign: ({ fundId }) => ({ id: fundId }) },
  'gifts.list': { access: 'gifts.read', foreign: ({ contactId }) => ({ contactId }) },
  'gifts.totals': { access: 'gifts.read', foreign: ({ contactId }) => ({ contactId }) },
  'gifts.get': { access: 'gifts.read', foreign: ({ giftId }) => ({ id: giftId }) },
  'gifts.add': { access: 'gifts.write', foreign: ({ contactId }) => giftOf(contactId) },
  'gifts.addBatch': { access: 'gifts.write', foreign: ({ contactId }) => ({ gifts: [giftOf(contactId)] }) },
  'gifts.edit': { access: 'gifts.write', foreign: ({ giftId }) => ({ id: giftId, note: 'Mine' }) },
  'gifts.void': { access: 'gifts.write', foreign: ({ giftId }) => ({ id: giftId }) },
  'gifts.unvoid': { access: 'gifts.write', foreign: ({ giftId }) => ({ id: giftId }) },
  'gifts.refund': { access: 'gifts.write', foreign: ({ giftId }) => ({ id: giftId, givenOn: '2026-02-01' }) },
  'gifts.reassign': { access: 'gifts.write', foreign: ({ giftId, contactId }) => ({ id: giftId, contactId }) },
  'gifts.allocate': { access: 'pledges.write', foreign: ({ giftId }) => ({ giftId, shares: [] }) },
  'gifts.free': { access: 'pledges.write', foreign: ({ giftId }) => ({ giftId, instalmentId: giftId }) },
  'gifts.lastCheck': { access: 'gifts.read' },
  'gifts.live': { access: 'gifts.read' },
  'imports.list': { access: 'contacts.write' },
  'imports.page': { access: 'contacts.write' },
  'imports.get': { access: 'contacts.write', foreign: ({ importId }) => ({ id: importId }) },
  'imports.rows': { access: 'contacts.write', foreign: ({ importId }) => ({ id: importId }) },
  'imports.create': { access: 'contacts.write' },
  'imports.settle': { access: 'contacts.write', foreign: ({ importId }) => ({ id: importId }) },
  'imports.commit': { access: 'contacts.write', foreign: ({ importId }) => ({ id: importId }) },
  'imports.undo': { access: 'contacts.write', foreign: ({ importId }) => ({ id: importId }) },
  'imports.errors': { access: 'contacts.write', foreign: ({ importId }) => ({ id: importId }) },
  'imports.changes': { access: 'contacts.write' },
  'pledges.list': { access: 'pledges.read', foreign: ({ contactId }) => ({ contactId }) },
  'pledges.get': { access: 'pledges.read', foreign: ({ pledgeId }) => ({ id: pledgeId }) },
  'pledges.months': { access: 'pledges.read', foreign: ({ contactId }) => ({ contactId }) },
  'pledges.instalments': { access: 'pledges.read', foreign: ({ contactId }) => ({ contactId }) },
  'pledges.create': { access: 'pledges.write', foreign: ({ contactId }) => pledgeOf(contactId) },
  'pledges.change': { access: 'pledges.write', foreign: ({ pledgeId }) => ({ id: pledgeId, note: 'Mine' }) },
  'pledges.changeTerms': {
    access: 'pledges.write',
    foreign: ({ pledgeId }) => ({ id: pledgeId, fromOn: '2026-02-01', amount: '1', frequency: 'monthly' }),
  },
  'pledges.pause': { access: 'pledges.write', foreign: ({ pledgeId }) => ({ id: pledgeId, fromOn: '2026-02-01' }) },
  'pledges.resume': { access: 'pledges.write', foreign: ({ pledgeId }) => ({ id: pledgeId }) },
  'pledges.end': { access: 'pledges.write', foreign: ({ pledgeId }) => ({ id: pledgeId, endOn: null }) },
  'pledges.cancel': { access: 'pledges.write', foreign: ({ pledgeId }) => ({ id: pledgeId }) },
  'pledges.complete': { access: 'pledges.write', foreign: ({ pledgeId }) => ({ id: pledgeId }) },
  'pledges.reopen': { access: 'pledges.write', foreign: ({ pledgeId }) => ({ id: pledgeId }) },
  'tasks.list': { access: 'tasks.read', foreign: ({ contactId }) => ({ contactId }) },
  'tasks.get': { access: 'tasks.read', foreign: ({ taskId }) => ({ id: taskId }) },
  'tasks.create': { access: 'tasks.write', foreign: ({ contactId }) => ({ title: 'Mine', contactId }) },
  'tasks.update': { access: 'tasks.write', foreign: ({ taskId }) => ({ id: taskId, title: 'Mine' }) },
  'tasks.complete': { access: 'tasks.write', foreign: ({ taskId }) => ({ id: taskId }) },
  'tasks.reopen': { access: 'tasks.write', foreign: ({ taskId }) => ({ id: taskId }) },
  'tasks.snooze': { access: 'tasks.write', foreign: ({ taskId }) => ({ id: taskId, days: 3 }) },
  'tasks.assign': { access: 'tasks.write', foreign: ({ taskId }) => ({ id: taskId, memberId: null }) },
  'tasks.delete': { access: 'tasks.write', foreign: ({ taskId }) => ({ id: taskId }) },
  'tasks.restore': { access: 'tasks.write', foreign: ({ taskId }) => ({ id: taskId }) },
  'tasks.changes': { access: 'tasks.read' },
  'touches.list': { access: 'tasks.read', foreign: ({ contactId }) => ({ contactId }) },
  'touches.log': { access: 'tasks.write', foreign: ({ contactId }) => ({ contactId, kind: 'call' }) },
  'touches.update': { access: 'tasks.write', foreign: ({ touchId }) => ({ id: touchId, note: 'Mine' }) },
  'touches.delete': { access: 'tasks.write', foreign: ({ touchId }) => ({ id: touchId }) },
  'touches.restore': { access: 'tasks.write', foreign: ({ touchId }) => ({ id: touchId }) },
  'care.list': { access: 'gifts.read' },
  'care.counts': { access: 'gifts.read' },
  'care.timeline': { access: 'contacts.read', foreign: ({ contactId }) => ({ contactId }) },
  'care.thank': { access: 'gifts.write', foreign: ({ contactId }) => ({ contactId }) },
  'care.unthank': { access: 'gifts.write', foreign: ({ contactId, giftId }) => ({ contactId, giftIds: [giftId] }) },
  'care.remind': { access: 'tasks.write', foreign: ({ contactId }) => ({ contactId }) },
  'care.pause': { access: 'pledges.write', foreign: ({ pledgeId }) => ({ pledgeId }) },
  'care.alerts': { access: 'pledges.read', foreign: ({ pledgeId }) => ({ pledgeId }) },
  'care.settings': { access: 'contacts.read' },
  'care.saveSettings': { access: 'giving.settings' },
  'care.preferences': { access: 'contacts.read' },
  'care.savePreferences': { access: 'contacts.read' },
  'care.preview': { access: 'contacts.read' },
  'care.changes': { access: 'contacts.read' },
  'today.get': { access: 'gifts.read' },
  'installation.status': { access: 'administrator' },
  'installation.setBotToken': { access: 'administrator' },
  'installation.setMail': { access: 'administrator' },
  'installation.remove': { access: 'administrator' },
  'jobs.overview': { access: 'administrator' },
  'jobs.runs': { access: 'administrator' },
  'jobs.run': { access: 'administrator' },
  'jobs.whole': { access: 'administrator' },
  'jobs.events': { access: 'administrator' },
  'jobs.functions': { access: 'administrator' },
  'jobs.cancel': { access: 'administrator' },
  'jobs.retry': { access: 'administrator' },
  'jobs.runNow': { access: 'administrator' },
}

export function giftOf(contactId: string) {
  return { contactId, givenOn: '2026-01-31', amount: '10000', currency: 'PLN', method: 'cash' }
}

export function pledgeOf(contactId: string) {
  return { contactId, startOn: '2026-01-31', amount: '10000', currency: 'PLN', frequency: 'monthly' }
}
