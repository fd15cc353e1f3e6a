/** Maximum age of backups in days, as promised on the privacy page. */
export const BACKUP_DAYS = 30;
