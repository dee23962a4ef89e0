import { RefreshTokenEntity, SessionEntity } from './auth/sessions/session.entity.js';
import { UserEntity } from './auth/users/user.entity.js';

/** Every entity: together they describe the schema that the migrations make. */
export const entities = [UserEntity, SessionEntity, RefreshTokenEntity];
