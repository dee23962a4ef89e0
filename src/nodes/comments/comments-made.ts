import { Injectable } from '@nestjs/common';
import { Announcements } from '../../database/announcements.js';
import type { CommentEntity } from './comment.entity.js';

/** Comments that are made: threads that begin, and replies. */
@Injectable()
export class CommentsMade extends Announcements<CommentEntity> {}
