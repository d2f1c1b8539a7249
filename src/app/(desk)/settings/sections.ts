/** The pages of the settings, in their order; texts under `settings.sections`. */
export const settingsSections = ['workspace', 'members', 'account', 'channels', 'care', 'keys', 'installation'] as const
