/** How long a backup may be kept, in days: what the page on privacy promises. */
export const BACKUP_DAYS = 30;
