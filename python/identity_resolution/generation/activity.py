"""What customers do: orders in the shop, tickets at the help desk."""

import numpy as np

from identity_resolution.generation.dice import Dice, Integers
from identity_resolution.generation.population import END
from identity_resolution.generation.sources import Columns, moments, shop_ids
from identity_resolution.generation.text import (
    Text,
    digits,
    either,
    is_given,
    join,
    keep,
    take,
    text,
)
from identity_resolution.generation.vocabulary import business

_ORDERS_PER_CUSTOMER = (0.22, 0.34, 0.18, 0.1, 0.06, 0.04, 0.03, 0.02, 0.01)
_PAYMENT = {"paid": 0.86, "refunded": 0.05, "partially_refunded": 0.04, "pending": 0.03, "voided": 0.02}
_FULFILMENT = {"fulfilled": 0.9, "partial": 0.03, "unfulfilled": 0.07}
_STATUSES = {"closed": 0.6, "solved": 0.22, "open": 0.08, "pending": 0.06, "new": 0.04}
_PRIORITIES = {"normal": 0.6, "high": 0.2, "low": 0.15, "urgent": 0.05}
_CHANNELS = {"email": 0.5, "web": 0.25, "chat": 0.15, "phone": 0.1}
_TICKETS_PER_REQUESTER = (0.02, 0.62, 0.2, 0.09, 0.04, 0.02, 0.01)


def shop_orders(customers: Columns, created_at: Integers, first_number: int, dice: Dice) -> Columns:
    """Shopify orders of these customers, numbered from first_number.

    Some belong to nobody (a guest's), or to a customer that is not there any more.
    """
    row = np.repeat(np.arange(len(created_at)), dice.choose(len(created_at), _ORDERS_PER_CUSTOMER))
    count = len(row)
    number = first_number + np.arange(count)
    ordered_at = created_at[row] + dice.below(count, END - created_at[row])
    customer = take(customers["id"], row)
    customer = keep(customer, ~dice.chance(count, 0.015))
    customer = either(dice.chance(count, 0.004), shop_ids(-1 - dice.below(count, 10_000)), customer)
    uniform = dice.uniform(count)
    cents = 495 + (uniform * uniform * uniform * 48_000).astype(np.int64)
    amount = join(digits(cents // 100, 1), ".", digits(cents % 100, 2))
    odd = take(text(["", "n/a", "-12.50", "0.00"]), dice.below(count, 4))
    cancelled = dice.chance(count, 0.04)
    return {
        "id": digits(5_100_000_000_000 + number * 1_009, 13),
        "name": join("#", digits(1000 + number, 4)),
        "customer_id": customer,
        "email": take(customers["email"], row),
        "financial_status": _drawn(_PAYMENT, count, dice),
        "fulfillment_status": _drawn(_FULFILMENT, count, dice),
        "currency": take(customers["currency"], row),
        "total_price": either(dice.chance(count, 0.003), odd, amount),
        "created_at": moments(ordered_at),
        "cancelled_at": keep(moments(ordered_at + dice.below(count, 200_000)), cancelled),
    }


def support_tickets(requesters: Columns, created_at: Integers, first_number: int, dice: Dice) -> Columns:
    """Zendesk tickets of these requesters, numbered from first_number."""
    row = np.repeat(np.arange(len(created_at)), dice.choose(len(created_at), _TICKETS_PER_REQUESTER))
    row = row[is_given(take(requesters["id"], row))]
    count = len(row)
    number = first_number + np.arange(count)
    asked_at = created_at[row] + dice.below(count, END - created_at[row])
    subjects = business().subjects
    return {
        "id": digits(48_000 + number, 5),
        "requester_id": take(requesters["id"], row),
        "subject": take(subjects, dice.below(count, len(subjects))),
        "status": _drawn(_STATUSES, count, dice),
        "priority": _drawn(_PRIORITIES, count, dice),
        "channel": _drawn(_CHANNELS, count, dice),
        "created_at": moments(asked_at),
        "updated_at": moments(np.minimum(asked_at + dice.below(count, 1_500_000), END)),
    }


def _drawn(weights: dict[str, float], count: int, dice: Dice) -> Text:
    return take(text(weights), dice.choose(count, list(weights.values())))
