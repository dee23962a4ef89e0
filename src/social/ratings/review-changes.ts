import { Injectable } from '@nestjs/common';
import { Announcements } from '../../database/announcements.js';
import type { ReviewEntity } from './review.entity.js';

/** A review has changed, or who found it helpful. */
@Injectable()
export class ReviewChanges extends Announcements<ReviewEntity> {}
