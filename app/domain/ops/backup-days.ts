/** How long backups may be kept, in days, as the privacy page promises. */
export const BACKUP_DAYS = 30;
