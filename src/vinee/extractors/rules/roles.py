"""Which role the participant on either side of a trigger plays, by event type.

The names are those of the ontology. Roles filled by free stretches of text (Topic, Content,
Crime, …) are not attempted.
"""

from __future__ import annotations

from typing import NamedTuple

PLACE = "Place"
TIME = "Time"


class Sides(NamedTuple):
    """Roles of the nearest fitting mention to the left and to the right; ``None``: none."""

    left: str | None
    right: str | None = None


SIDES = {
    "Life.Be-Born": Sides("Person"),
    "Life.Marry": Sides("Person", "Person"),
    "Life.Divorce": Sides("Person", "Person"),
    "Life.Injure": Sides("Victim"),
    "Life.Die": Sides("Victim"),
    "Movement.Transport": Sides("Artifact", "Destination"),
    "Transaction.Transfer-Ownership": Sides("Buyer", "Artifact"),
    "Transaction.Transfer-Money": Sides("Giver", "Recipient"),
    "Business.Start-Org": Sides("Agent", "Org"),
    "Business.Merge-Org": Sides("Org", "Org"),
    "Business.Declare-Bankruptcy": Sides("Org"),
    "Business.End-Org": Sides(None, "Org"),
    "Conflict.Attack": Sides("Attacker", "Target"),
    "Conflict.Demonstrate": Sides("Entity"),
    "Conflict.Mobilize": Sides("Agent", "Force"),
    "Contact.Meet": Sides("Entity", "Entity"),
    "Contact.Phone-Write": Sides("Entity", "Entity"),
    "Contact.Contact": Sides("Entity", "Entity"),
    "Personnel.Start-Position": Sides("Person"),
    "Personnel.End-Position": Sides("Person"),
    "Personnel.Nominate": Sides("Agent", "Person"),
    "Personnel.Elect": Sides("Person"),
    "Justice.Arrest-Jail": Sides("Agent", "Person"),
    "Justice.Release-Parole": Sides("Entity", "Person"),
    "Justice.Trial-Hearing": Sides("Adjudicator", "Defendant"),
    "Justice.Charge-Indict": Sides("Prosecutor", "Defendant"),
    "Justice.Sue": Sides("Plaintiff", "Defendant"),
    "Justice.Convict": Sides("Adjudicator", "Defendant"),
    "Justice.Sentence": Sides("Adjudicator", "Defendant"),
    "Justice.Fine": Sides("Adjudicator", "Entity"),
    "Justice.Execute": Sides("Agent", "Person"),
    "Justice.Extradite": Sides("Agent", "Person"),
    "Justice.Acquit": Sides("Adjudicator", "Defendant"),
    "Justice.Appeal": Sides("Defendant"),
    "Justice.Pardon": Sides("Adjudicator", "Defendant"),
    "Diplomacy.Visit": Sides("Visitor", "Destination"),
    "Diplomacy.Invite": Sides("Inviter", "Invitee"),
    "Diplomacy.Host": Sides("Host", "Occasion"),
    "Diplomacy.Prepare": Sides("Agent", "Occasion"),
    "Diplomacy.Negotiate": Sides("Party", "Party"),
    "Diplomacy.Mediate": Sides("Mediator", "Party"),
    "Diplomacy.Agree": Sides("Party"),
    "Diplomacy.Sign": Sides("Party"),
    "Diplomacy.Propose": Sides("Proposer", "Recipient"),
    "Diplomacy.Demand": Sides("Demander", "Recipient"),
    "Diplomacy.Reject": Sides("Rejecter", "Recipient"),
    "Diplomacy.Promise": Sides("Promiser", "Recipient"),
    "Diplomacy.Support": Sides("Supporter", "Recipient"),
    "Diplomacy.Praise": Sides("Speaker", "Recipient"),
    "Diplomacy.Criticize": Sides("Speaker", "Recipient"),
    "Diplomacy.Accuse": Sides("Accuser", "Accused"),
    "Diplomacy.Threaten": Sides("Speaker", "Recipient"),
    "Diplomacy.Sanction": Sides("Agent", "Target"),
    "Diplomacy.Aid": Sides("Giver", "Recipient"),
    "Diplomacy.Cooperate": Sides("Party", "Party"),
    "Diplomacy.Reconcile": Sides("Party", "Party"),
    "Diplomacy.Strain": Sides("Party", "Party"),
    "Diplomacy.Ceasefire": Sides("Party"),
    "Diplomacy.End-Conflict": Sides("Agent"),
    "Speech.Statement": Sides("Speaker"),
    "Speech.Ask": Sides("Speaker", "Addressee"),
}

# Leaving has its place on the right as an origin, not a destination.
LEAVING = frozenset({"rời", "rời khỏi", "rút khỏi", "xuất cảnh", "chạy trốn"})


def names() -> tuple[str, ...]:
    """Return every role that the rules can give, each once."""
    own = (role for sides in SIDES.values() for role in sides if role is not None)
    return tuple(dict.fromkeys((*own, "Origin", PLACE, TIME)))
