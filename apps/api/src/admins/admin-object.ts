import type { AdminAnswer, AdminWithAppAnswer } from '#contracts';
import type { Admin, Workspace } from '#database';
import { secondsOf } from '../http/seconds.js';

/** An admin on the wire. */
export function adminObject({ id, name, email }: Pick<Admin, 'id' | 'name' | 'email'>): AdminAnswer {
  return {
    type: 'admin',
    id: `${id}`,
    name,
    email,
    job_title: null,
    away_mode_enabled: false,
    away_mode_reassign: false,
    has_inbox_seat: false,
    team_ids: [],
    avatar: null,
  };
}

/** The admin with the workspace that it acts in; a workspace has no name besides its app id. */
export function adminWithAppObject(admin: Admin, workspace: Workspace): AdminWithAppAnswer {
  return {
    ...adminObject(admin),
    email_verified: false,
    app: {
      type: 'app',
      id_code: workspace.appId,
      name: workspace.appId,
      region: null,
      timezone: workspace.timeZone,
      created_at: secondsOf(workspace.createdAt),
      identity_verification: false,
    },
  };
}
