import { Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import { DeliveryRepository, type NewDelivery } from './delivery.repository.js';
import { type NewNotification, NotificationRepository } from './notification.repository.js';

/** Notifications with their deliveries. */
@Injectable()
export class OutboxRepository {
  constructor(
    private readonly database: Database,
    private readonly notifications: NotificationRepository,
    private readonly deliveries: DeliveryRepository,
  ) {}

  /** Both or neither. */
  add(notification: NewNotification, delivery: NewDelivery): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.notifications.insert([notification], tx);
      await this.deliveries.insert([delivery], tx);
    });
  }
}
