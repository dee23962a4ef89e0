import { Injectable } from '@nestjs/common';
import { Announcements } from '../../database/announcements.js';
import type { InvitationEntity } from './invitation.entity.js';

/** Invitations that are made, or made anew. */
@Injectable()
export class Invitings extends Announcements<InvitationEntity> {}
